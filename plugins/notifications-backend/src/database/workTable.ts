/** Begins the names of the tables of this plugin's work. */
export const WORK_PREFIX = 'herald_notifications_';

export const WORK_TABLE = `${WORK_PREFIX}work`;
