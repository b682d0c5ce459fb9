/** Names of areas from the largest down, without those that the next one repeats: a grid is often named after its community. */
export function placeText(areaNames: readonly string[]): string {
  return areaNames.filter((name, index) => !(areaNames[index + 1]?.startsWith(name) ?? false)).join(' · ')
}
