/** The variable (1) by which engines for GPUs compute on the CPU where there is no GPU: that is slow, and for tests. */
export const SOFTWARE_GPU = 'KINDLING_SOFTWARE_GPU';
