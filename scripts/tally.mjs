// Counts tests from the JSON that Jest writes.
import { existsSync, readFileSync } from 'node:fs';

export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

export function add(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * A suite that could not run at all has no failed tests, and a run that broke off has no report;
 * each counts as a failure, so that nothing is green by absence.
 *
 * @param reportFile - what Jest wrote with --json --outputFile
 * @param exitCode - what Jest ended with
 */
export function tally(reportFile, exitCode) {
  if (!existsSync(reportFile)) {
    return { ...NOTHING, failed: exitCode === 0 ? 0 : 1 };
  }
  const report = JSON.parse(readFileSync(reportFile, 'utf8'));
  const counted = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  if (exitCode !== 0 && counted.failed === 0) counted.failed = 1;
  return counted;
}
