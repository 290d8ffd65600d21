const mebibyte = 1024 * 1024;

/** Of a request that holds a version: the bounds of its texts, escaped. */
export const contentBytes = 8 * mebibyte;

/** Of a request that holds values and messages to fill in. */
export const renderBytes = 16 * mebibyte;

/** Of a request that holds files of prompts. */
export const filesBytes = 64 * mebibyte;
