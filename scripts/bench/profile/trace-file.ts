/** The environment variable that names the file to which runs are written while it is set (src-native/binding/traced-runs.h). */
export const TRACE_FILE = 'KINDLING_TRACE_FILE';
