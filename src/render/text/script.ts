const colored = /\p{Emoji_Presentation}|\p{Regional_Indicator}|\uFE0F/u;

/** Whether a font may draw some of it in colours of its own (emoji). */
export const hasOwnColors = (text: string): boolean => colored.test(text);
