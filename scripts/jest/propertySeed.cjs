// Runs before each test file. Where a change is judged (`CI`), property-based tests draw the same cases each time, so that a change
// is not refused for what it did not bring; elsewhere each run draws others. `HERALD_PROPERTY_SEED` repeats one.
const { HERALD_PROPERTY_SEED: given, CI } = process.env;
const seed = given ?? (CI ? '20261122' : undefined);

if (seed !== undefined) {
  require('fast-check').configureGlobal({ seed: Number(seed) });
}
