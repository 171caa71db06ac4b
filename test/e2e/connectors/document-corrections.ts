/** A place where a vendor's document contradicts its API or itself, and what it should say. */
export interface DocumentCorrection {
  where: string;
  reason: string;
  change: (document: unknown) => void;
}

/** Corrections of Keap's REST v2 document. Every one is an error of the document, not of ours. */
export const KEAP_CORRECTIONS: readonly DocumentCorrection[] = [];
