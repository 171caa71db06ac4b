import { freshEnvironment } from '#testing';

/** Import it before everything else: subjects take their prefix from the environment when they are first imported. */
export const environment = freshEnvironment();
