// Reads the JSON report of vitest.

/**
 * How many tests passed and failed. What vitest does not count as a test is a failure here all the same: a file that
 * could not be loaded, an error outside any test, a run that was ended, and a run that executed no test.
 */
export function countTests(report, exitCode) {
  const passed = report?.numPassedTests ?? 0;
  const failed = (report?.numFailedTests ?? 0) + unloadable(report).length;
  const silentFailure = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silentFailure ? 1 : failed };
}

/** The names of the failed tests, and of the files that could not be loaded. */
export function failures(report) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) =>
    (file.assertionResults ?? [])
      .filter((test) => test.status === "failed")
      .map((test) => `${file.name}: ${test.fullName}`),
  );
  return [...tests, ...unloadable(report).map((file) => `${file.name}: ${firstLine(file.message)}`)];
}

function unloadable(report) {
  return (report?.testResults ?? []).filter(
    (file) => file.status === "failed" && (file.assertionResults ?? []).length === 0,
  );
}

function firstLine(text = "") {
  return text.split("\n")[0] || "could not be loaded";
}
