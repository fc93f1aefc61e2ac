export const LIST_KEY = ['notifications', 'list'];
export const LIVE_KEY = ['notifications', 'live'];
export const UNREAD_KEY = ['notifications', 'unread'];
