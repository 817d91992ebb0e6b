import { escapeMarkup } from "./escape-markup.ts";

/** The style of every page, as it stands in it. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 54rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
h1 { font-size: 1.75rem; line-height: 1.2; margin-bottom: .5rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 1rem 0 0; }
caption, h2 { font-size: 1.125rem; font-weight: 600; margin: 2rem 0 .5rem; text-align: left; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .4rem 1.5rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid #8884; }
thead th { font-size: .875rem; border-bottom-width: 2px; }
th[scope="row"] { width: 1%; padding-right: 3rem; font-weight: 500; white-space: nowrap; }
td:nth-child(2):last-child { overflow-wrap: anywhere; }
.hours { min-width: 11rem; }
.scroll { overflow-x: auto; }
.now { font-weight: 600; }
.muted { opacity: .75; }
svg, img { display: block; width: 100%; min-width: 40rem; height: auto; margin: .5rem 0; background: #fff; border-radius: .25rem; }
@media (max-width: 40rem) {
  body { margin: 1rem auto; }
  th[scope="row"] { width: 45%; padding-right: 1rem; white-space: normal; }
  td { padding-right: 0; }
  th, td { overflow-wrap: anywhere; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr, .cards th, .cards td { display: block; width: auto; padding: 0; border: 0; white-space: normal; }
  .cards tr { padding: .75rem 0; border-bottom: 1px solid #8884; }
}
`;

/** A whole web page around a body: it needs no script and no other file but what the body names. */
export function pageFrame(page: { readonly title: string; readonly head?: string; readonly body: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeMarkup(page.title)}</title>
${page.head ?? ""}
<style>${PAGE_STYLE}</style>
</head>
<body>
<main>
${page.body}
</main>
</body>
</html>
`;
}
