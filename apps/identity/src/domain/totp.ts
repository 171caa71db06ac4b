import { Secret, TOTP } from 'otpauth';

const PERIOD_S = 30;
const DIGITS = 6;
/** Clocks of people's devices are off by so many steps at most. */
const WINDOW = 1;
/** As long as the hash is, as RFC 4226 recommends. */
const SECRET_BYTES = 20;

export interface TotpLabel {
  /** Name of the product. */
  issuer: string;
  /** Address of the user. */
  account: string;
}

/** Base32, as people type it where they cannot scan. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

const totpOf = (secret: string, { issuer, account }: TotpLabel = { issuer: '', account: '' }): TOTP =>
  new TOTP({
    issuer,
    label: account,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_S,
    secret: Secret.fromBase32(secret),
  });

/** What authenticator apps read from a QR code. */
export const otpauthUrl = (secret: string, label: TotpLabel): string => totpOf(secret, label).toString();

/** Whether somebody typed a code of an authenticator app, rather than a recovery code. */
export const looksLikeTotp = (code: string): boolean => /^\d{6}$/.test(code);

/** The time step that a code belongs to, the neighbours of the present one included; undefined for a wrong code. */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const totp = totpOf(secret);
  const timestamp = now.getTime();
  const distance = totp.validate({ token: code, timestamp, window: WINDOW });
  return distance === null ? undefined : totp.counter({ timestamp }) + distance;
}
