export * from './cases-beside.js';
export * from './disputed-cases.js';
export * from './run-case.js';
export * from './vector-case.js';
export * from './compare/compare-calls.js';
export * from './fakes/fake-service.js';
export * from './world/world.js';
