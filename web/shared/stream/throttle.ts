/** Runs at once and then at most once in so many milliseconds; what came in between runs at the end. */
export function throttled(run: () => void, everyMs: number): () => void {
  let last = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    const wait = last + everyMs - Date.now()
    if (wait <= 0) {
      last = Date.now()
      run()
    } else
      timer ??= setTimeout(() => {
        timer = undefined
        last = Date.now()
        run()
      }, wait)
  }
}
