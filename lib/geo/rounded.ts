/** True where both coordinates (degrees) have fewer than three decimals: more than a hundred metres off, so not a place one can go to. */
export function isRounded(position: { readonly lon: number; readonly lat: number }): boolean {
  const coarse = (value: number) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9
  return coarse(position.lon) && coarse(position.lat)
}
