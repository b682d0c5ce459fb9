/** What Vite makes of imports that TypeScript cannot read. */
declare module '*.css'
declare module '*?url' {
  const url: string
  export default url
}
