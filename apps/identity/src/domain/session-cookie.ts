import { SESSION_COOKIE } from '#contracts';

export interface CookieSettings {
  /** Address of the gateway as browsers see it. */
  publicUrl: string;
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Browsers accept a `Secure` cookie over plain HTTP only sometimes; on the own machine nobody listens in between. */
function isSecure({ publicUrl }: CookieSettings): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || !LOOPBACK.test(hostname);
}

function cookie(value: string, maxAgeSeconds: number, settings: CookieSettings): string {
  const attributes = [
    `${SESSION_COOKIE.name}=${value}`,
    `Path=${SESSION_COOKIE.path}`,
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure(settings) ? ['Secure'] : []),
  ];
  return attributes.join('; ');
}

/** `Set-Cookie` value that hands a browser the token for `/api/*` reads. */
export const sessionCookie = cookie;

/** `Set-Cookie` value that takes it away. */
export const noSessionCookie = (settings: CookieSettings): string => cookie('', 0, settings);
