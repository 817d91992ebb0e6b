/** The package brings no types of its own. */
declare module "asl-validator" {
  function validate(definition: unknown): { isValid: boolean; errors: readonly unknown[] };
  export = validate;
}
