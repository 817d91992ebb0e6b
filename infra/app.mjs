/** What the CDK CLI runs. Says in words what an older Node would say as a syntax error of a TypeScript file. */
const NODE_MIN = 24;

const major = Number(process.versions.node.split(".")[0]);
if (major < NODE_MIN) {
  process.stderr.write(
    `Ithaca's CDK app needs Node ${NODE_MIN} or later, and this is Node ${process.versions.node}: ` +
      "run it as npx cdk …, which finds the Node that npm ci installed\n",
  );
  process.exit(1);
}
await import("./src/app.ts");
