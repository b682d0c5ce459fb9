import '@linli/web-shared/theme/base.css'
import '@linli/web-shared/ui/ui.css'
import '@linli/web-shared/ui/case/case.css'
import './styles/room.css'
import './styles/panels.css'
import './styles/case.css'
import './styles/compact.css'
import './styles/wall.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('ROOT_MISSING')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
