import { freshEnvironment } from '#testing';

/**
 * The suite's own databases and streams. Component specs import this file before anything else: the contracts read the
 * prefix of their subjects when they are loaded.
 */
export const environment = freshEnvironment();
