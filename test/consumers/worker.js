// The worker of a consumer.
import { serve } from 'chromask/worker';

serve();
