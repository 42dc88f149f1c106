// The script of the worker that `openWorker` starts by itself.
import { serve } from './serve.js';

serve();
