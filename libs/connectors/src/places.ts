import type { PlatformManifest } from './_kit/platform-manifest.js';

/** Where this installation reaches its platforms. */
export interface PlatformPlaces {
  /** Address of the demo CRM without a trailing slash; without one the platform `sandbox` does not exist. */
  sandboxUrl?: string | undefined;
  /** `sandbox`: the demo CRM answers in the place of every vendor that it can imitate. */
  crms?: 'vendors' | 'sandbox';
}

/** The manifest as it is called in these places: the vendor's own addresses, or the demo CRM's in their stead. */
export function placed(manifest: PlatformManifest, { sandboxUrl, crms }: PlatformPlaces): PlatformManifest {
  const { atSandbox } = manifest;
  if (crms !== 'sandbox' || sandboxUrl === undefined || atSandbox === undefined) return manifest;
  const origins = Object.entries(atSandbox).map(([origin, path]): [string, string] => [origin, sandboxUrl + path]);
  const { record, probe } = manifest;
  return {
    ...manifest,
    record: { ...moved(record, origins), documentation_url: record.documentation_url },
    ...(probe !== undefined && { probe: moved(probe, origins) }),
  };
}

/** Every text that begins with one of the origins begins with its substitute. */
function moved<T>(value: T, origins: readonly [string, string][]): T {
  return JSON.parse(JSON.stringify(value), (_key, member: unknown) => {
    if (typeof member !== 'string') return member;
    const origin = origins.find(([from]) => member.startsWith(from));
    return origin === undefined ? member : origin[1] + member.slice(origin[0].length);
  }) as T;
}
