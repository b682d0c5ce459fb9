import { ConfigProvider, theme } from 'antd'
import { useRef, type ReactNode } from 'react'
import { useTheme } from '../../theme/index.ts'
import { useMedia } from '../use-media.ts'

/** Gives the antd parts inside it our colours and type; their lists open inside the frame, so that they scroll with it. */
export function AntdFrame({ children }: { children: ReactNode }) {
  const { tokens } = useTheme()
  const coarse = useMedia('(pointer: coarse), (max-width: 1099px)')
  const frame = useRef<HTMLDivElement>(null)
  const rem = Number.parseFloat(globalThis.getComputedStyle(document.documentElement).fontSize)
  return (
    <ConfigProvider
      button={{ autoInsertSpace: false }}
      getPopupContainer={() => frame.current ?? document.body}
      theme={{
        algorithm: tokens.dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: {
          colorPrimary: tokens.accentFill,
          colorError: tokens.late,
          colorBgContainer: tokens.sunken,
          colorBgElevated: tokens.raised,
          colorBorder: tokens.lineStrong,
          colorText: tokens.text,
          colorTextPlaceholder: tokens.textFaint,
          colorTextDescription: tokens.textSoft,
          fontFamily: 'var(--font)',
          fontSize: rem * 0.875,
          borderRadius: 4,
          controlHeight: coarse ? 44 : Math.max(36, rem * 2.25),
          motion: false,
        },
        components: {
          Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', dangerColor: tokens.dark ? tokens.ground : tokens.onAccent },
          Select: { optionSelectedBg: tokens.accentWash, optionActiveBg: tokens.raised },
        },
      }}
    >
      <div ref={frame} className="antd-frame">
        {children}
      </div>
    </ConfigProvider>
  )
}
