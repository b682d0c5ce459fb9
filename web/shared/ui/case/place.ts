/** Names of areas from the largest down, without those that the next one repeats: a grid is often named after its community. */
export function placeText(areaNames: readonly string[]): string {
  return areaNames.filter((name, index) => !(areaNames[index + 1]?.startsWith(name) ?? false)).join(' · ')
}

/** The areas that a case lies in by code and name, from the largest down; those above the named ones (the city) have no name and are left out. */
export function areasOfPath(row: { readonly areaPath: string; readonly areaNames: readonly string[] }): { readonly code: string; readonly name: string }[] {
  const codes = row.areaPath.split('.')
  return row.areaNames.map((name, index) => ({ code: codes[codes.length - row.areaNames.length + index] ?? '', name })).filter(({ code }) => code !== '')
}
