export { HostedLinks, LinkRefused } from './hosted-links.js';
export type { LinkLife, OpenedLink } from './hosted-links.js';
export { HostedLinksConfig, hostedLinksFromEnvironment } from './hosted-links-config.js';
export { LINK_KINDS } from './link-kinds.js';
export type { LinkKind } from './link-kinds.js';
