import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

const styleFile = require.resolve('swagger-ui-dist/swagger-ui.css');
const scriptFile = require.resolve('swagger-ui-dist/swagger-ui-bundle.js');

/** The style of the page; read when it is asked for, as it seldom is. */
export function apiPageStyle(): string {
  return readFileSync(styleFile, 'utf8');
}

/** What draws the page. */
export function apiPageScript(): string {
  return readFileSync(scriptFile, 'utf8');
}

/** The API to read and try in a browser: nothing of it comes from elsewhere. */
export const apiPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tidemark API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/openapi/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/openapi/swagger-ui-bundle.js"></script>
<script>
  SwaggerUIBundle({
    url: '/openapi.json',
    dom_id: '#api',
    deepLinking: true,
    validatorUrl: null,
    defaultModelsExpandDepth: 0,
  });
</script>
</body>
</html>
`;
