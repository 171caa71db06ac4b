/** As the payment provider and the web client count time. */
export const unixSeconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
