/** A schema of the document, as far as the page shows it. */
interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly $ref?: string;
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly schema: Schema;
    readonly example?: unknown;
  }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;
  };
  readonly responses: Readonly<
    Record<
      string,
      { readonly description: string; readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }
    >
  >;
}

/** The OpenAPI document, as far as the page shows it. */
export interface Openapi {
  readonly info: { readonly title: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** How the page looks, by day and by night; no other style holds in it. */
export const API_STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --dim: #596273; --line: #d5dae2; --paper: #ffffff; --tint: #f3f5f8; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --dim: #a3acba; --line: #39414d; --paper: #14181e; --tint: #1d232b; --link: #7db7f5; } }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
nav ul { columns: 26rem; padding: 0; list-style: none; }
nav li { break-inside: avoid; overflow-wrap: anywhere; }
section { border-top: 1px solid var(--line); padding-top: .5rem; margin-top: 2rem; }
h2 code { font-size: 1rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
caption { text-align: left; font-weight: 600; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line); }
td.what { color: var(--dim); overflow-wrap: anywhere; }
pre { background: var(--tint); padding: .75rem; overflow-x: auto; }
.method { display: inline-block; min-width: 4.5rem; font-weight: 600; }
.dim { color: var(--dim); }
`;

interface Placed {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The API as one page: a list of the routes, then each with what it takes, an example and what it answers. */
export function renderApi({ info, paths, components }: Openapi, deskUrl: string): string {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Placed => ({ method: method.toUpperCase(), path, operation })),
  );
  const list = all.map(
    ({ method, path, operation }) =>
      `<li><a href="#${asText(operation.operationId)}"><span class="method">${method}</span> ${asText(path)}</a></li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${asText(info.title)}: the API</title>
<style>${API_STYLE}</style>
</head>
<body>
<h1>${asText(info.title)}: the API</h1>
<p>${asText(info.description)} Programs read <a href="openapi.json">openapi.json</a>. The desk itself is
at <code>${asText(deskUrl)}</code>.</p>
<p>Every route wants an access token (<code>Authorization: Bearer …</code>) unless it says otherwise. A change of a case
names the version that you saw in <code>If-Match</code>, and may carry an <code>Idempotency-Key</code>, so that it can be
repeated. A no is a problem (RFC 9457): its <code>type</code> says which, <code>errors</code> which fields.</p>
<nav aria-label="Routes"><ul>
${list.join("\n")}
</ul></nav>
<main>
${all.map((placed) => renderOperation(placed, components.schemas)).join("\n")}
</main>
</body>
</html>
`;
}

function renderOperation({ method, path, operation }: Placed, schemas: Openapi["components"]["schemas"]): string {
  const { operationId, summary, security, parameters = [], requestBody, responses } = operation;
  const body = Object.values(requestBody?.content ?? {})[0];
  const fields = body === undefined ? undefined : resolve(body.schema, schemas);
  const required = fields?.required ?? [];
  return `<section id="${asText(operationId)}">
<h2><code>${method} ${asText(path)}</code></h2>
<p>${asText(summary)}${security?.length === 0 ? ' <span class="dim">Without a token.</span>' : ""}</p>
${table(
  "Parameters",
  parameters.map((one) => [one.name, one.required, `${one.in}: ${describe(one.schema)}`]),
)}
${table(
  "Body",
  Object.entries(fields?.properties ?? {}).map(([name, one]) => [name, required.includes(name), describe(one)]),
)}
${example({ method, path, operation }, body?.example)}
<table><caption>Answers</caption>
${Object.entries(responses)
  .map(([status, { description }]) => `<tr><th scope="row">${asText(status)}</th><td>${asText(description)}</td></tr>`)
  .join("\n")}
</table>
</section>`;
}

function table(caption: string, rows: readonly (readonly [name: string, required: boolean, what: string])[]): string {
  if (rows.length === 0) return "";
  const lines = rows.map(
    ([name, required, what]) =>
      `<tr><th scope="row"><code>${asText(name)}</code></th><td>${required ? "required" : ""}</td><td class="what">${asText(what)}</td></tr>`,
  );
  return `<table><caption>${caption}</caption>\n${lines.join("\n")}\n</table>`;
}

/** The example as it goes over the line. */
function example({ method, path, operation }: Placed, body: unknown): string {
  const given = (operation.parameters ?? []).filter((one) => one.example !== undefined);
  const at = given
    .filter((one) => one.in === "path")
    .reduce((filled, one) => filled.replace(`{${one.name}}`, encodeURIComponent(String(one.example))), path);
  const query = given
    .filter((one) => one.in === "query")
    .map((one) => `${one.name}=${encodeURIComponent(String(one.example))}`)
    .join("&");
  const heads = given.filter((one) => one.in === "header").map((one) => `${one.name}: ${String(one.example)}`);
  const lines = [`${method} ${at}${query === "" ? "" : `?${query}`}`, ...heads];
  const sent = body === undefined ? "" : `\n\n${JSON.stringify(body, null, 2)}`;
  return `<pre aria-label="Example">${asText(lines.join("\n") + sent)}</pre>`;
}

const CHOICES_SHOWN_MAX = 12;

/** A schema in a few words. */
function describe(schema: Schema): string {
  const { type = "", format, enum: choices, maxLength, minimum, maximum, items, maxItems } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (choices !== undefined) return choices.slice(0, CHOICES_SHOWN_MAX).map(String).join(" | ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return variants.map(describe).join(" | ");
  if (schema.properties !== undefined) return `object: ${Object.keys(schema.properties).join(", ")}`;
  if (items !== undefined) return `list of ${describe(items)}${maxItems === undefined ? "" : `, at most ${maxItems}`}`;
  const limits = [
    format,
    maxLength === undefined ? undefined : `at most ${maxLength} characters`,
    minimum === undefined ? undefined : `from ${minimum}`,
    maximum === undefined ? undefined : `to ${maximum}`,
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} by default`,
    schema.pattern === undefined || format !== undefined ? undefined : `like ${schema.pattern}`,
  ];
  return [type, ...limits].filter((one) => one !== undefined && one !== "").join(", ");
}

function resolve(schema: Schema, schemas: Openapi["components"]["schemas"]): Schema | undefined {
  return schema.$ref === undefined ? schema : schemas[schema.$ref.slice("#/components/schemas/".length)];
}

function asText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
