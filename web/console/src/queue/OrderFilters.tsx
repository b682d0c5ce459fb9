import { desk } from '@linli/contract/endpoints/desk'
import { useClient } from '@linli/web-shared/api'
import { useI18n } from '@linli/web-shared/i18n'
import { IconButton } from '@linli/web-shared/ui'
import { useState } from 'react'
import { ActDialog } from '../parts/ActDialog.tsx'
import type { Saved } from './filter.ts'

/** Puts one's own filters into an order, by keys and by touch alike. */
export function OrderFilters({ rows, onClose }: { rows: readonly Saved[]; onClose(): void }) {
  const { t } = useI18n()
  const client = useClient()
  const [order, setOrder] = useState(rows)
  const swap = (at: number, by: number) =>
    setOrder((before) => {
      const next = [...before]
      const [one, other] = [next[at], next[at + by]]
      if (one && other) [next[at], next[at + by]] = [other, one]
      return next
    })
  return (
    <ActDialog
      title={t('queue.order')}
      confirm={t('queue.orderDone')}
      act={() => client.call(desk.orderFilters, { body: { ids: order.map((row) => row.id) } })}
      onDone={onClose}
      onClose={onClose}
    >
      <ol className="order">
        {order.map((row, index) => (
          <li key={row.id}>
            <span>{row.name}</span>
            <IconButton icon="up" type="button" label={t('queue.up', { name: row.name })} disabled={index === 0} onClick={() => swap(index, -1)} />
            <IconButton
              icon="down"
              type="button"
              label={t('queue.down', { name: row.name })}
              disabled={index === order.length - 1}
              onClick={() => swap(index, 1)}
            />
          </li>
        ))}
      </ol>
    </ActDialog>
  )
}
