/** What is personal (个人信息) in tables and answers: one declaration that masks, read log, export gate, erasure and the guards read. */
export { personalColumns, type Declaration } from './personal/columns.ts'
export { personalFields, plainFields } from './personal/fields.ts'
