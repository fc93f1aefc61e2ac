/** On an entity of the catalog: the solution whose manual is about it, by its name in any case. @public */
export const MANUAL_SOLUTION_ANNOTATION = 'herald.io/manual-solution';
