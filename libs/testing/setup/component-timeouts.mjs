import { jest } from '@jest/globals';

// Real servers on a busy machine: a test that needs longer than this waits for something that will not come.
jest.setTimeout(30_000);
