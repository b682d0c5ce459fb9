import { usePlace } from '../place.ts'
import { AreaPage } from './AreaPage.tsx'
import { BoundaryEditor } from './BoundaryEditor.tsx'

/** Areas and grids over time (区域与网格): what lies where, how it was, and how it is changed. */
export default function AreasScreen() {
  const { rest } = usePlace()
  const [code, part] = rest
  return part === 'edit' && code !== undefined ? <BoundaryEditor key={code} code={code} /> : <AreaPage key={code ?? ''} code={code} />
}
