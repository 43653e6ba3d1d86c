/** CSS pixels of a chart that has no needs of its own. */
export const USUAL_HEIGHT = 420;
/** CSS pixels of what stands below a chart: how it is used, and its buttons. */
export const BELOW_CHART = 32;
/** CSS pixels of the names of lines below that. */
export const LINE_LEGEND = 30;
