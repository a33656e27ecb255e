/** A CSS length: a number is px; strings are 'auto', '12px', '50%', '2em'. */
export type Length = number | string;

/**
 * The CSS flexbox subset that is promised, in camelCase, kebab-case or snake_case. Unknown keys and values are reported once by
 * name and ignored.
 */
export type LayoutStyle = { readonly [property: string]: string | number | undefined };
