export const chromiumArguments: string[];
export const findChromium: () => string;
