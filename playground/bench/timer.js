// The GPU's own clock, where the browser gives it away.

/** A function that tells how many milliseconds the GPU spends on some work, or undefined where its clock jumped. */
export function gpuTimer(gl) {
  const timer = gl.getExtension('EXT_disjoint_timer_query_webgl2');
  if (!timer) return undefined;
  return async (work) => {
    const query = gl.createQuery();
    gl.getParameter(timer.GPU_DISJOINT_EXT); // forget what was before
    gl.beginQuery(timer.TIME_ELAPSED_EXT, query);
    try {
      await work();
    } finally {
      gl.endQuery(timer.TIME_ELAPSED_EXT);
    }
    gl.flush();
    // answers come between tasks, never within one
    while (!gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE)) await new Promise((next) => setTimeout(next, 2));
    const nanoseconds = gl.getQueryParameter(query, gl.QUERY_RESULT);
    const jumped = gl.getParameter(timer.GPU_DISJOINT_EXT);
    gl.deleteQuery(query);
    return jumped ? undefined : nanoseconds / 1e6;
  };
}
