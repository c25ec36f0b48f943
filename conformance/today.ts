/** The day it is, such as 2027-06-30: entries of a baseline may expire. */
export const today = (): string => new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
