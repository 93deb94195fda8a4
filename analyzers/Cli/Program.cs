System.Console.WriteLine("pullpath");
