export { answersOf, fieldsOf, type FormField } from './fields.ts'
