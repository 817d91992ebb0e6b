import { describe, expect, test } from "vitest";
import { walkACase } from "./a-case.ts";

describe("the case that docs/a-case.md walks through", () => {
  test("is told as the desk and its commands tell it (made anew by vitest -u)", async () => {
    const { page, picture } = await walkACase();
    await expect(page).toMatchFileSnapshot("../../docs/a-case.md");
    await expect(picture).toMatchFileSnapshot("../../docs/pictures/a-case.svg");
  });
});
