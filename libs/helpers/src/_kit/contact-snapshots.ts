/** A contact as it was at one moment. Values are JSON; custom fields and tags lie apart from the standard fields. */
export interface ContactSnapshot {
  /** 32 hexadecimal digits; storing the same id again changes nothing. */
  id: string;
  takenAt: Date;
  /** From then on it is gone. */
  keepUntil: Date;
  data: Record<string, unknown>;
}

/** Where contacts are kept as they were, per account and contact. */
export interface ContactSnapshots {
  /** @throws HelperFailure `snapshot_store_error` (retry) */
  store(snapshot: ContactSnapshot): Promise<void>;
}
