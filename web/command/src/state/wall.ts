/** True where the address asks for the wall (大屏): `/?wall`. */
export const isWall = (search: string): boolean => new URLSearchParams(search).has('wall')
