import '@linli/web-shared/theme/base.css'
import '@linli/web-shared/ui/ui.css'
import './styles/shell.css'
import './styles/parts.css'
import './styles/screens.css'
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
