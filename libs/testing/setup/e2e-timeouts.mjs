import { jest } from '@jest/globals';

// Whole systems are started, killed and awaited here; each wait inside a test has its own shorter deadline.
jest.setTimeout(180_000);
