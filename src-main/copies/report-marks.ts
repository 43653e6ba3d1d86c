/** What a study stands between in a page. It is no program for a browser, which leaves it as it is. */
export const COPY_BEGIN = '<script type="application/json" id="kindling-study">';
export const COPY_END = '</script>';
/** In the head of each report. */
export const REPORT_MARK = '<meta name="generator" content="Kindling">';
