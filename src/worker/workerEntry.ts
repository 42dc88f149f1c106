// The script of the worker that `openWorker` starts by default.
import { serve } from './serve.js';

serve();
